# SPDX-License-Identifier: BSD-2-Clause
"""Random policies and scripts. The same seed, number and profile always give
the same case.

    common    what means the same everywhere: included files by absolute path
    upstream  relative names in include and substack, recursion, long delays
    debian    @include as well
"""

import random

from case import Case

PROFILES = ("common", "upstream", "debian")
TYPES = ("auth", "account", "session", "password")
FUNCTIONS = {
    "auth": ("auth", "setcred"), "account": ("acct",),
    "session": ("open", "close"), "password": ("prelim", "update"),
}
CODES = (
    "success open_err symbol_err service_err system_err buf_err perm_denied "
    "auth_err cred_insufficient authinfo_unavail user_unknown maxtries "
    "new_authtok_reqd acct_expired session_err cred_unavail cred_expired "
    "cred_err no_module_data conv_err authtok_err authtok_recover_err "
    "authtok_lock_busy authtok_disable_aging try_again ignore abort "
    "authtok_expired module_unknown bad_item conv_again").split()
USUAL_CODES = ["success"] * 12 + (
    "auth_err auth_err perm_denied ignore ignore user_unknown "
    "new_authtok_reqd cred_err session_err authtok_err try_again abort "
    "system_err acct_expired service_err").split()
ODD_CODES = ("-1", "-5", "32", "33", "99", "1000000")
ACTIONS = ("ok", "done", "bad", "die", "ignore", "reset")
KEYWORDS = ("required required required requisite sufficient sufficient "
            "optional optional").split()
ODD_KEYWORDS = ("bogus", "binding", "definitive", "require", "requiredx",
                "success=ok", "-required")
BAD_LISTS = (
    "success", "success=", "success=ok default", "SUCCESS=ok", "success=OK",
    "success=0", "success=-1", "success=1x", "success=okay", "bogus=ok",
    "success=ok,default=die", "success = ok  = ", "=ok",
    "success=99999999999999999999", "success=2147483648",
    "success=01 default=ignore", "default=ignore success=ok default=die",
    "success=ok [nested] default=bad", "", " ",
    "success=ok\\] default=bad", "required", "sufficient", "include",
    "suc cess=ok")
ODD_ARGUMENTS = (
    "[a b c]", "[x\\]y]", "[]", "a=[b", "'q r'", '"dq"', "x\\y",
    "[tail]glued", "--flag", "=", "[ lead]")
MISSING = ("/nonexistent/pam_gone.so", "pam_oracle_absent.so",
           "@DIR@/leaf", "@DIR@", "/nonexistent/$ISA/pam_x.so")
BAD_LINES = (
    "authh required {bad}", "bogus optional {bad}", "bogus sufficient {bad}",
    "bogus requisite {bad}", "%s", "%s required", "%s optional",
    "%s [success=ok]", "-", "- required {bad}", "-bogus required {bad}",
    "[ ]", "[", "]", "%s required .so", "%s required /", "%s optional ?",
    "auth\trequired", "%s [", "%s include", "%s substack",
    "%s include /nonexistent/file", "%s substack /nonexistent/file",
    "-%s include /nonexistent/file", "bogus include @DIR@/leaf",
    "bogus substack @DIR@/leaf", "%s include @DIR@",
    "%s include @DIR@/leaf extra words", "%s required [] x",
    "%s required [  ]")
SERVICES = ("SVC", "a/b/svc", "/etc/pam.d/Svc", "svc/", "''", "other", "..",
            ".", "./svc", "missing")
REPLIES = ("r:secret-one", "r:secret-one", "r:secret-two", "r:''", "n", "x",
           "c:19", "c:30", "c:5", "c:6", "f")
# What else a theme makes likely, so that rare things meet.
THEMES = ("plain", "plain", "brackets", "include", "badlines", "jumps", "ops",
          "conv", "lexical", "resume", "api")
SEQUENCES = {
    "auth": ("auth", "setcred"), "account": ("acct",),
    "session": ("open", "close"), "password": ("chauthtok",),
}
LOGIN = ("auth", "acct", "setcred", "open", "close", "setcred")
OPERATIONS = ("auth", "setcred", "acct", "open", "close", "chauthtok")
FLAGS = (0x8000, 1, 2, 4, 8, 0x10, 0x20, 0x8001, 0x8002, 0x2000, 0x4000,
         0xffff, 3)
ITEMS = ("USER", "TTY", "RHOST", "RUSER", "AUTHTOK", "OLDAUTHTOK", "PROMPT",
         "TYPE", "XDISPLAY")
MODULE_OPS = (
    "get:AUTHTOK", "get:SERVICE", "get:99", "get:0", "set:77:x", "setraw:d0",
    "syslog:hello", "delay:0", "delay:1000", "delay:2000000",
    "reenter:auth", "reenter:setcred", "reenter:acct", "reenter:open",
    "reenter:close", "reenter:chauthtok", "reenter:end")
TALK_OPS = (
    "user", "user:Who?", "authtok:AUTHTOK", "authtok:AUTHTOK:Secret",
    "authtok:OLDAUTHTOK", "noverify", "noverify:Pw", "verify", "verify:Pw",
    "prompt:1:hidden", "prompt:2:shown", "info:hello", "error:oops",
    "authtok:TTY", "prompt:9:strange")
TOKEN_OPTIONS = ("use_first_pass", "try_first_pass", "use_authtok",
                 "authtok_type=UNIX", "authtok_type=")
PROGRAM_OPS = (
    "getnull 2", "setconv ok", "setconv null", "setconv badfn", "putenv A",
    "putenv =x", "putenv ''", "putenv B=", "putenv -", "putenv C=x=y",
    "getenv A", "getenv B", "getenv C", "getenv C=x", "getenv -", "envlist",
    "faildelay 0", "faildelay 1000000", "faildelay 2000000", "delayfn on",
    "delayfn off", "getuser -", "getuser Name?", "authtok 6 -", "setdata k",
    "getdata k", "prompt 2 hi", "prompt 4 hi", "syslog note", "set 1 SVC",
    "set 1 nosuch", "set 2 bob", "xauth MIT data", "xauth - data",
    "xauth n -", "delaycheck 0 0")
DEPTH_MAX = 4


class Generator:
    def __init__(self, rng, profile):
        self.r = rng
        self.profile = profile
        self.files = {}
        self.tags = set()
        self.modules = 0
        self.theme = rng.choice(THEMES)

    def chance(self, x):
        return self.r.random() < x

    def pick(self, choices):
        return choices[int(self.r.random() * len(choices))]

    def tag(self, name):
        self.tags.add(name)

    # What modules answer and do.

    def code(self):
        if self.chance(0.06):
            return self.pick(CODES)
        if self.chance(0.02):
            self.tag("odd-code")
            return self.pick(ODD_CODES)
        return self.pick(USUAL_CODES)

    def codes(self):
        return ",".join(self.code() for _ in range(self.pick((1, 1, 1, 1, 2, 3))))

    def answers(self, kind):
        words = ["%s=%s" % (fn, self.codes()) for fn in FUNCTIONS[kind]
                 if self.chance(0.7)]
        if self.theme == "resume" and self.chance(0.4):
            fn = self.pick(FUNCTIONS[kind])
            self.tag("incomplete")
            words = [w for w in words if not w.startswith(fn + "=")]
            words.append("%s=%s%s" % (
                fn, "incomplete," * self.pick((1, 2)), self.code()))
        return words

    def module_op(self, talking):
        item, n = self.pick(ITEMS), self.r.randint(0, 3)
        ops = MODULE_OPS + (
            "set:%s:v%d" % (item, n), "get:" + item, "set:" + item,
            "set:AUTHTOK:token-%d" % n, "putenv:E%d=v%d" % (n, self.r.randint(0, 9)),
            "putenv:E%d" % n, "getenv:E%d" % n,
            "setdata:d%d:x%d" % (n, self.r.randint(0, 9)), "setdata:d%d" % n,
            "getdata:d%d" % n)
        if talking:
            self.tag("talk")
            ops += TALK_OPS * 2
        return self.pick(ops)

    def ops(self, kind):
        if self.theme not in ("ops", "conv") and not self.chance(0.08):
            return []
        words = []
        for _ in range(self.r.randint(1, 4)):
            at = "" if self.chance(0.3) else "@" + self.pick(FUNCTIONS[kind])
            talking = self.theme == "conv" or self.chance(0.2)
            words.append("do%s=%s" % (at, self.module_op(talking)))
        self.tag("ops")
        if self.theme == "conv":
            options = [o for o in TOKEN_OPTIONS if self.chance(0.15)]
            if options:
                self.tag("token-options")
            words += options
        return words

    def module(self, kind):
        self.modules += 1
        if self.chance(0.04):
            self.tag("missing-module")
            return "%s id=m%d" % (self.pick(MISSING), self.modules)
        words = ["{m%d}" % self.modules]
        if self.chance(0.05):
            self.tag("partial-module")
            words = ["{%s:m%d}" % (self.pick(
                ("nosetcred", "noclose", "noauth", "noacct")), self.modules)]
        words += self.answers(kind) + self.ops(kind)
        if self.chance(0.08):
            self.tag("odd-arguments")
            words += self.r.sample(ODD_ARGUMENTS, self.r.randint(1, 3))
        return " ".join(words)

    # Controls.

    def pair(self):
        code = self.pick(("success", "default", "auth_err", "ignore",
                          "new_authtok_reqd", "perm_denied", "user_unknown",
                          "cred_err", self.pick(CODES)))
        if self.chance(0.35 if self.theme == "jumps" else 0.12):
            self.tag("jump")
            action = str(self.r.randint(1, 4))
        else:
            action = self.pick(ACTIONS)
        equals = "="
        if self.chance(0.2):
            blanks = ("", " ", "\t", "  ")
            equals = self.pick(blanks) + "=" + self.pick(blanks)
        return code + equals + action

    def bracket(self):
        if self.chance(0.05):
            self.tag("bad-list")
            return "[%s]" % self.pick(BAD_LISTS)
        pairs = [self.pair() for _ in range(self.r.randint(1, 4))]
        if self.chance(0.5):
            pairs.append("default=" + self.pick(ACTIONS))
        self.r.shuffle(pairs)
        glue = "" if self.chance(0.05) else " "
        if self.chance(0.04):
            return "[ %s ]" % glue.join(pairs)
        return "[%s]" % glue.join(pairs)

    def control(self):
        often = self.theme in ("brackets", "jumps")
        if self.chance(0.55 if often else 0.15):
            self.tag("list")
            return self.bracket()
        if self.chance(0.01):
            self.tag("odd-keyword")
            return self.pick(ODD_KEYWORDS)
        word = self.pick(KEYWORDS)
        if self.chance(0.06):
            return self.pick((word.upper(), word.capitalize(), "[%s]" % word))
        return word

    # Lines.

    def blank(self):
        if self.theme == "lexical" and self.chance(0.5):
            return self.pick((" ", "\t", "  ", " \t ", "\t\t"))
        return " "

    def kind_word(self, kind):
        if self.chance(0.03):
            kind = self.pick((kind.upper(), kind.capitalize(), "[%s]" % kind))
        return "-" + kind if self.chance(0.05) else kind

    def broken(self, line):
        """The line over two lines of the file, or more."""
        cuts = [i for i, c in enumerate(line) if i and c in " \t"]
        if not cuts:
            return line
        self.tag("continuation")
        at = self.pick(cuts)
        joint = self.pick(("\\\n", "\\\n\t", "\\ \n", "\\\t\n  "))
        if self.chance(0.1):
            joint += self.pick(("# note\n", "\n", "  # note \\\n", "   \n"))
        return line[:at] + joint + line[at:]

    def joined(self, words):
        line = words[0] + "".join(self.blank() + w for w in words[1:])
        if self.theme != "lexical":
            return line
        if self.chance(0.15):
            line = self.pick((" ", "\t", "   ")) + line
        if self.chance(0.15):
            line += self.pick((" # trailing note", "#glued", "\t#"))
        if self.chance(0.2):
            line = self.broken(line)
        if self.chance(0.02):
            self.tag("long-line")
            line += " pad=<x*%d>" % self.pick((900, 1100, 3000))
        return line + "\r" if self.chance(0.02) else line

    def bad_line(self, kind):
        self.tag("bad-line")
        line = self.pick(BAD_LINES)
        return line % kind if "%s" in line else line

    def include(self, kind, depth):
        name = "f%d" % len(self.files)
        self.files[name] = ""
        only = (kind,) if self.chance(0.6) else None
        self.files[name] = self.file(depth + 1, name, only)
        word = self.pick(("include", "substack"))
        self.tag(word)
        if self.profile == "debian" and self.chance(0.3):
            self.tag("@include")
            return "@include @DIR@/" + name
        if self.profile == "upstream" and self.chance(0.6):
            self.tag("relative")
        else:
            name = "@DIR@/" + name
        return self.joined([self.kind_word(kind), word, name])

    def line(self, kind, depth):
        x = self.r.random()
        include = 0.35 if self.theme == "include" else 0.08
        bad = 0.25 if self.theme == "badlines" else 0.015
        if x < include and depth < DEPTH_MAX:
            return self.include(kind, depth)
        if x < include + bad:
            return self.bad_line(kind)
        if x < include + bad + 0.02:
            return self.pick(("", "# comment", "   ", "\t# c", "#a \\"))
        return self.joined([self.kind_word(kind), self.control(),
                            self.module(kind)])

    def file(self, depth, name, kinds=None):
        top = depth == 0
        n = self.r.randint(0, 7 if top else 4)
        if top and self.chance(0.9):
            n = max(n, 2)
        lines = [self.line(self.pick(kinds or TYPES), depth)
                 for _ in range(n)]
        if depth >= 2 and self.profile == "upstream" and self.chance(0.03):
            self.tag("recursion")
            lines.append("%s include %s" % (self.pick(TYPES), name))
        text = "\n".join(lines)
        if text and not self.chance(0.05):
            return text + "\n"
        if text and self.chance(0.15):
            self.tag("unfinished")
            return text + " \\"
        return text

    # Scripts.

    def program_op(self):
        x = self.r.random()
        if x < 0.15:
            return "get %d" % self.r.randint(-1, 14)
        if x < 0.25:
            return "set %d %s" % (self.pick((2, 3, 4, 6, 7, 8, 9, 11, 13)),
                                  self.pick(("x", "-")))
        if x < 0.3:
            return "set %d v%d" % (self.pick((0, 1, 3, 14, 99)),
                                   self.r.randint(0, 9))
        if x < 0.35:
            return "putenv A=%d" % self.r.randint(0, 9)
        if x < 0.36 and self.profile == "upstream":
            return "faildelay 4000000000"
        return self.pick(PROGRAM_OPS)

    def sequence(self, kinds):
        if self.chance(0.4):
            sequence = LOGIN
        elif kinds and self.chance(0.8):
            sequence = SEQUENCES[kinds[0]] * self.r.randint(1, 3)
        else:
            sequence = [self.pick(OPERATIONS)
                        for _ in range(self.r.randint(1, 7))]
        if self.theme == "resume":
            sequence = [s for s in sequence for _ in range(self.r.randint(1, 3))]
        return sequence

    def script(self, kinds):
        script = []
        service, user = "svc", self.pick(("alice", "alice", "-", "root"))
        if self.chance(0.06):
            self.tag("service-name")
            service = self.pick(SERVICES)
        if self.theme in ("conv", "ops", "api") or self.chance(0.1):
            script.append("conv " + " ".join(
                self.pick(REPLIES) for _ in range(self.r.randint(1, 8))))
        script.append("start %s %s @DIR@" % (service, user))
        for operation in self.sequence(kinds):
            flags = self.pick(FLAGS) if self.chance(0.25) else 0
            script.append("%s %d" % (operation, flags))
            if self.chance(0.5 if self.theme == "api" else 0.04):
                self.tag("program-ops")
                script += [self.program_op()
                           for _ in range(self.r.randint(1, 6))]
        if self.chance(0.2):
            script.append("envlist")
        if self.chance(0.1):
            script.append("forkend 0x40000000")
        if not self.chance(0.03):
            script.append("end %d" % self.pick((0, 0, 0, 6, 0x40000000,
                                                0x40000007)))
        return script

    def case(self, name):
        # A policy of one type alone goes deeper into it.
        kinds = (self.pick(TYPES),) if self.chance(0.45) else None
        self.files["leaf"] = "".join(
            self.joined([t, self.control(), self.module(t)]) + "\n"
            for t in TYPES)
        if not self.chance(0.05):
            self.files["svc"] = ""
            self.files["svc"] = self.file(0, "svc", kinds)
        if self.chance(0.6):
            self.files["other"] = ""
            self.files["other"] = self.file(1, "other", kinds)
        script = self.script(kinds)
        files = {k: v.encode() for k, v in self.files.items()}
        return Case(name, script, files, self.tags | {self.theme})


def generate(seed, number, profile):
    rng = random.Random("%d/%d/%s" % (seed, number, profile))
    name = "%s-%d-%d" % (profile, seed, number)
    return Generator(rng, profile).case(name)
