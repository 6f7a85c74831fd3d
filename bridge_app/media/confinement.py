"""What the child gives up before it reads the first file: memory, files, programs, the network.

Limits bound what a bad file can use; the system call filter bounds what a decoder that has been
taken over can do. The filter is Linux's seccomp, without privileges; where it cannot be had, the
limits alone hold.
"""

import ctypes
import errno
import fcntl
import os
import platform
import resource
import signal
import struct

from bridge_app.media.limits import Limits

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
DENY, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
ALLOW, KILL = 0x7FFF0000, 0x80000000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_AT, SECOND_AT, THIRD_AT = 0, 4, 16, 24, 32
STEP_BYTES = 8
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OPEN_FILES = 64

# Sockets, other programs, other processes, and everything that changes a folder:
# (call, its number on x86_64, on aarch64).
REFUSED: tuple[tuple[str, int, int | None], ...] = (
    ("socket", 41, 198),
    ("connect", 42, 203),
    ("bind", 49, 200),
    ("listen", 50, 201),
    ("socketpair", 53, 199),
    ("fork", 57, None),
    ("vfork", 58, None),
    ("execve", 59, 221),
    ("execveat", 322, 281),
    ("kill", 62, 129),
    ("tkill", 200, 130),
    ("tgkill", 234, 131),
    ("ptrace", 101, 117),
    ("process_vm_readv", 310, 270),
    ("process_vm_writev", 311, 271),
    ("unshare", 272, 97),
    ("setns", 308, 268),
    ("mount", 165, 40),
    ("pivot_root", 155, 41),
    ("chroot", 161, 51),
    ("bpf", 321, 280),
    ("userfaultfd", 323, 282),
    ("io_uring_setup", 425, 425),
    ("io_uring_enter", 426, 426),
    ("io_uring_register", 427, 427),
    ("openat2", 437, 437),
    ("creat", 85, None),
    ("truncate", 76, 45),
    ("ftruncate", 77, 46),
    ("fallocate", 285, 47),
    ("rename", 82, None),
    ("renameat", 264, 38),
    ("renameat2", 316, 276),
    ("mkdir", 83, None),
    ("mkdirat", 258, 34),
    ("rmdir", 84, None),
    ("mknod", 133, None),
    ("mknodat", 259, 33),
    ("link", 86, None),
    ("linkat", 265, 37),
    ("symlink", 88, None),
    ("symlinkat", 266, 36),
    ("unlink", 87, None),
    ("unlinkat", 263, 35),
    ("chmod", 90, None),
    ("fchmod", 91, 52),
    ("fchmodat", 268, 53),
    ("chown", 92, None),
    ("fchown", 93, 55),
    ("lchown", 94, None),
    ("fchownat", 260, 54),
    ("utime", 132, None),
    ("utimes", 235, None),
    ("futimesat", 261, None),
    ("utimensat", 280, 88),
)
MACHINES = ("x86_64", "aarch64")
ARCHITECTURES = (0xC000003E, 0xC00000B7)
OPENS = (((2, SECOND_AT), (257, THIRD_AT)), ((56, THIRD_AT),))
CLONE, CLONE3, CLONE_THREAD = (56, 220), 435, 0x10000
FOREIGN_NUMBERS = 0x40000000  # x86's other calling convention, with numbers of its own


def confine(limits: Limits) -> bool:
    """Give up what reading a file does not need; True when the call filter holds as well."""
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    return _filter_calls()


def spend(seconds: float) -> None:
    """Renew the processor time: twice the wall time, for a child whose parent is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


def die_with_parent(request: int, *, armed: bool) -> None:
    """While armed, the kernel ends this process when the other end of the pipe closes.

    A signal on the parent's *process* death (PR_SET_PDEATHSIG) would come when the starting
    *thread* ends; the pipe closes with the process. It works while a decoder holds the GIL.
    """
    flags = fcntl.fcntl(request, fcntl.F_GETFL)
    if armed:
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(request, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(request, fcntl.F_SETFL, flags | os.O_ASYNC)
    else:
        fcntl.fcntl(request, fcntl.F_SETFL, flags & ~os.O_ASYNC)


def _lower(limit: int, value: int) -> None:
    _, most = resource.getrlimit(limit)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(limit, (value, value))


def _filter_calls() -> bool:
    if platform.machine() not in MACHINES:
        return False
    code = _program(MACHINES.index(platform.machine()))
    steps = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxQ", len(code) // STEP_BYTES, ctypes.addressof(steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0)


def _program(machine: int) -> bytes:
    """Classic BPF: kill a foreign architecture, then refuse call by call, else allow.

    A thread may be started, a process may not; clone3 hides its flags, so the C library is told
    that there is none and falls back to clone.
    """
    steps = [
        _step(LOAD, ARCHITECTURE_AT),
        _step(EQUAL, ARCHITECTURES[machine], yes=1),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER_AT),
        _step(AT_LEAST, FOREIGN_NUMBERS, no=1),
        _step(RETURN, DENY),
        _step(EQUAL, CLONE3, no=1),
        _step(RETURN, UNKNOWN),
    ]
    for _, *numbers in REFUSED:
        if (number := numbers[machine]) is not None:
            steps += [_step(EQUAL, number, no=1), _step(RETURN, DENY)]
    for number, flags_at in OPENS[machine]:
        steps += _unless(number, flags_at, WRITING, set_means=DENY)
    steps += _unless(CLONE[machine], FIRST_AT, CLONE_THREAD, set_means=ALLOW)
    return b"".join([*steps, _step(RETURN, ALLOW)])


def _unless(number: int, flags_at: int, bits: int, *, set_means: int) -> list[bytes]:
    """One call, allowed or refused by whether any of `bits` is set in an argument."""
    return [
        _step(EQUAL, number, no=4),
        _step(LOAD, flags_at),
        _step(ANY_BIT, bits, no=1),
        _step(RETURN, set_means),
        _step(RETURN, ALLOW if set_means == DENY else DENY),
    ]


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)
