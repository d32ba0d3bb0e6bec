# SPDX-License-Identifier: BSD-2-Clause
"""How each module is used: a service for each of its arguments, and what it
finds on disk. A module that is not here has one service without arguments."""

from dataclasses import dataclass, field

TYPES = ("auth", "account", "session", "password")


@dataclass(frozen=True)
class Use:
    """Each of args is a service: a text for every type, or one for each of
    some types."""
    args: tuple = ("",)
    files: dict = field(default_factory=dict)

    def policies(self, module):
        for args in self.args:
            if isinstance(args, str):
                args = {kind: args for kind in TYPES}
            yield "".join(f"{kind} required {module} {args[kind]}\n"
                          for kind in TYPES if kind in args)


LIMITS = """
alice soft nofile 500
alice - maxlogins 3
bob soft nofile 600
bob - priority 5
* hard core 0
"""

NAMESPACE = """
/tmp /tmp/inst/ user root
/var/tmp /var/tmp/inst/ user alice
"""

VOLUMES = """<?xml version="1.0"?>
<pam_mount>
<debug enable="1"/>
<volume user="alice" fstype="tmpfs" path="none" mountpoint="/srv"/>
<volume user="bob" fstype="tmpfs" path="none" mountpoint="/media"/>
<mkmountpoint enable="1"/>
</pam_mount>
"""

PYTHON = """
seen = []
def pam_sm_authenticate(pamh, flags, argv):
    seen.append(pamh.get_user())
    pamh.env["SEEN"] = " ".join(seen)
    return pamh.PAM_SUCCESS
pam_sm_setcred = pam_sm_authenticate
"""

ENV = "HOSTTYPE DEFAULT=mine\nWHO DEFAULT=@{PAM_USER} OVERRIDE=${WHO}\n"
TOTP = "ABCDEFGHIJKLMNOP\n\" TOTP_AUTH\n11111111\n"

USES = {
    "pam_abl": Use(("config=/etc/lab",),
                   {"/etc/lab": "user_db=/run/lab/u\nhost_db=/run/lab/h\n"}),
    "pam_access": Use(("accessfile=/etc/lab", "accessfile=/etc/lab2 debug"),
                      {"/etc/lab": "-:bob:ALL\n+:ALL:ALL\n",
                       "/etc/lab2": "-:alice:ALL\n+:ALL:ALL\n"}),
    "pam_cap": Use(("config=/etc/lab", "config=/etc/lab2 autoauth"),
                   {"/etc/lab": "cap_net_raw alice\nnone *\n",
                    "/etc/lab2": "cap_chown bob\nnone *\n"}),
    "pam_cgfs": Use(("-c freezer,memory",)),
    "pam_chroot": Use(("debug",),
                      {"/etc/security/chroot.conf": "bob /srv\n"}),
    "pam_debug": Use(("", "auth=perm_denied acct=acct_expired")),
    "pam_echo": Use(("file=/etc/lab", "hello %u"),
                    {"/etc/lab": "welcome %u\n"}),
    "pam_env": Use(("conffile=/etc/lab user_readenv=1", "readenv=1"),
                   {"/etc/lab": ENV,
                    "/home/alice/.pam_environment": "MINE=alice\n",
                    "/home/bob/.pam_environment": "MINE DEFAULT=bob\n"}),
    "pam_exec": Use(("seteuid expose_authtok stdout quiet /usr/bin/env",
                     "log=/tmp/lab /bin/false")),
    "pam_faildelay": Use(("", "delay=5000000")),
    "pam_faillock": Use((
        {"auth": "preauth dir=/run/lab", "account": "dir=/run/lab"},
        {"auth": "authfail dir=/run/lab deny=2 audit",
         "account": "dir=/run/lab"})),
    "pam_google_authenticator": Use(
        ("nullok", "secret=/etc/lab user=root allowed_perm=0644"),
        {"/etc/lab": TOTP}),
    "pam_group": Use(("",), {"/etc/security/group.conf":
                             "*;*;alice;Al0000-2400;audio\n"
                             "*;*;bob;Al0000-2400;video\n"}),
    "pam_issue": Use(("issue=/etc/lab", "issue=/etc/lab2 noesc"),
                     {"/etc/lab": "welcome \\n \\l\n",
                      "/etc/lab2": "and \\l welcome\n"}),
    "pam_keyinit": Use(("", "force", "force revoke")),
    "pam_lastlog": Use(("showfailed", "silent noupdate", "inactive=90")),
    "pam_limits": Use(("conf=/etc/lab set_all", "conf=/etc/lab debug",
                       "conf=/etc/lab2 utmp_early"),
                      {"/etc/lab": LIMITS,
                       "/etc/lab2": "* soft nofile 700\n"}),
    "pam_listfile": Use(
        ("item=user sense=allow file=/etc/lab onerr=fail",
         "item=user sense=deny file=/etc/lab onerr=succeed"),
        {"/etc/lab": "alice\n"}),
    "pam_mail": Use(("standard", "dir=/home/%u empty quiet hash=1")),
    "pam_mkhomedir": Use(("umask=0077 skel=/etc/skel", "silent")),
    "pam_motd": Use(("motd=/etc/lab noupdate", "noupdate"),
                    {"/etc/lab": "news\n"}),
    "pam_mount": Use(("nullok", "disable_interactive"),
                     {"/etc/security/pam_mount.conf.xml": VOLUMES}),
    "pam_namespace": Use(("mount_private unmnt_remnt", "require_selinux"),
                         {"/etc/security/namespace.conf": NAMESPACE}),
    "pam_nologin": Use(("file=/etc/lab", "file=/etc/none successok"),
                       {"/etc/lab": "closed\n"}),
    "pam_oath": Use(("usersfile=/etc/lab window=5", "usersfile=/etc/none"),
                    {"/etc/lab": "HOTP alice - 00\nHOTP bob - 11\n"}),
    "pam_passwdqc": Use(("enforce=everyone retry=1", "min=8,8,8,8,8")),
    "pam_pwdfile": Use(("pwdfile=/etc/lab", "pwdfile=/etc/none"),
                       {"/etc/lab": "alice:xx\n"}),
    "pam_pwhistory": Use(("remember=3 enforce_for_root", "remember=1")),
    "pam_pwquality": Use(("retry=1", "minlen=8 enforce_for_root")),
    "pam_python": Use(("/etc/lab.py",), {"/etc/lab.py": PYTHON}),
    "pam_radius_auth": Use(("conf=/etc/lab retry=0",),
                           {"/etc/lab": "127.0.0.1 secret 1\n"}),
    "pam_script": Use(("dir=/etc/lab.d",),
                      {"/etc/lab.d/pam_script_auth": "#!/bin/sh\nexit 0\n"}),
    "pam_selinux": Use(("verbose", "open env_params", "close")),
    "pam_setquota": Use(("bsoftlimit=100 fs=/", "overwrite=1")),
    "pam_shells": Use(("",), {"/etc/shells": "/bin/sh\n"}),
    "pam_ssh_agent_auth": Use(("file=/etc/lab",), {"/etc/lab": "\n"}),
    "pam_stress": Use(("", "fail_1", "expired")),
    "pam_succeed_if": Use(("user = alice", "uid >= 1000 quiet")),
    "pam_systemd": Use(("debug class=user type=tty", "class=background")),
    "pam_time": Use(("",), {"/etc/security/time.conf":
                            "*;*;bob;Al0000-0001\n"}),
    "pam_timestamp": Use(("verbose", "timestamp_timeout=60 debug")),
    "pam_tty_audit": Use(("enable=alice disable=bob open_only",
                          "enable=* log_passwd")),
    "pam_u2f": Use(("authfile=/etc/lab nouserok", "authfile=/etc/lab"),
                   {"/etc/lab": "alice:\n"}),
    "pam_umask": Use(("usergroups", "umask=0027")),
    "pam_unix": Use(("", "try_first_pass nullok sha512 remember=2",
                     "use_first_pass broken_shadow audit", "nodelay debug")),
    "pam_userdb": Use(("db=/etc/lab crypt=none", "db=/etc/none key_only")),
    "pam_usertype": Use(("isregular", "issystem")),
    "pam_wheel": Use(("group=users", "trust group=users", "deny")),
    "pam_xauth": Use(("debug", "xauthpath=/bin/true")),
}


def of(name):
    return USES.get(name, Use())
