/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/schema.h"

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

/* An event is told by its time and a hash of its line: to read a log twice adds
 * nothing. A session has a row whichever of its events came first. */
#define TABLES(create)                                                         \
	create " event("                                                       \
	"  time INTEGER, hash INTEGER, event TEXT, id TEXT, boot TEXT,"        \
	"  service TEXT, user TEXT, tty TEXT, rhost TEXT, ruser TEXT,"         \
	"  class TEXT, result TEXT, uid INTEGER, pid INTEGER,"                 \
	"  attempt INTEGER, file TEXT, line INTEGER, module TEXT,"             \
	"  answer TEXT,"                                                       \
	"  PRIMARY KEY (time, hash)) WITHOUT ROWID;"                           \
	create " session("                                                     \
	"  id TEXT PRIMARY KEY, boot TEXT, service TEXT, user TEXT,"           \
	"  uid INTEGER, tty TEXT, rhost TEXT, class TEXT, opened INTEGER,"     \
	"  closed INTEGER, ended INTEGER NOT NULL,"                            \
	"  result TEXT) WITHOUT ROWID;"                                        \
	create " boot("                                                        \
	"  id TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID;"                  \
	create " place("                                                       \
	"  only INTEGER PRIMARY KEY CHECK (only = 0),"                         \
	"  dev INTEGER, ino INTEGER, offset INTEGER, mark BLOB);"

const char schema_new[] =
    TABLES("CREATE TABLE")
    "CREATE INDEX event_user ON event(user, time);"
    "CREATE INDEX event_id ON event(id);"
    "CREATE INDEX session_user ON session(user, opened);"
    "CREATE INDEX session_opened ON session(opened);"
    "PRAGMA user_version = " TEXT(SCHEMA_VERSION) ";";

const char schema_beside[] =
    TABLES("CREATE TEMP TABLE")
    "INSERT INTO temp.place SELECT * FROM main.place;";

const char schema_views[] =
    "CREATE TEMP VIEW seen_event AS SELECT * FROM main.event;"
    "CREATE TEMP VIEW seen_session AS SELECT * FROM main.session;"
    "CREATE TEMP VIEW seen_boot AS SELECT * FROM main.boot;";

const char schema_views_beside[] =
    "CREATE TEMP VIEW seen_event AS"
    "  SELECT * FROM temp.event UNION ALL"
    "  SELECT * FROM main.event AS old WHERE NOT EXISTS ("
    "    SELECT 1 FROM temp.event AS new"
    "    WHERE new.time = old.time AND new.hash = old.hash);"
    "CREATE TEMP VIEW seen_session AS"
    "  SELECT * FROM temp.session UNION ALL"
    "  SELECT * FROM main.session"
    "  WHERE id NOT IN (SELECT id FROM temp.session);"
    "CREATE TEMP VIEW seen_boot AS"
    "  SELECT * FROM temp.boot UNION ALL SELECT * FROM main.boot;";
