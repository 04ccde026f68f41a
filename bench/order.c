// Runs a program and writes the names of the functions that it ran, in the order of their first calls, until SIGTERM ends both.
//   order SYMBOLS OUT PROGRAM [arguments]
// SYMBOLS has an address and a name on each line. A breakpoint stands at each address until the first call. x86-64 and Linux only.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

struct function {
  unsigned long address;
  char *name;
  unsigned char code;
  char ran;
};

static struct function *functions;
static size_t count;
static volatile sig_atomic_t ended;

static void end(int signal) { ended = signal; }

static int compare(const void *left, const void *right) {
  unsigned long a = ((const struct function *)left)->address, b = ((const struct function *)right)->address;
  return (a > b) - (a < b);
}

static void read_symbols(const char *path) {
  FILE *file = fopen(path, "r");
  unsigned long address;
  char name[1024];
  size_t room = 0;
  if (!file) exit(2);
  while (fscanf(file, "%lx %1023s", &address, name) == 2) {
    if (count == room) functions = realloc(functions, (room = room ? 2 * room : 65536) * sizeof *functions);
    functions[count++] = (struct function){address, strdup(name), 0, 0};
  }
  fclose(file);
  qsort(functions, count, sizeof *functions, compare);
  size_t distinct = 0;
  for (size_t i = 0; i < count; i++)
    if (!distinct || functions[distinct - 1].address != functions[i].address) functions[distinct++] = functions[i];
  count = distinct;
}

static void set_breakpoints(int memory) {
  unsigned long first = functions[0].address, length = functions[count - 1].address + 1 - first;
  unsigned char *code = malloc(length);
  if (pread(memory, code, length, first) != (ssize_t)length) exit(3);
  for (size_t i = 0; i < count; i++) {
    functions[i].code = code[functions[i].address - first];
    code[functions[i].address - first] = 0xcc;
  }
  if (pwrite(memory, code, length, first) != (ssize_t)length) exit(3);
  free(code);
}

// Whether the thread stopped at a breakpoint. Another thread may have removed the breakpoint meanwhile.
static int at_breakpoint(pid_t thread, int memory, FILE *out) {
  struct user_regs_struct registers;
  ptrace(PTRACE_GETREGS, thread, 0, &registers);
  struct function key = {.address = registers.rip - 1};
  struct function *function = bsearch(&key, functions, count, sizeof key, compare);
  if (!function) return 0;
  if (!function->ran) {
    function->ran = 1;
    if (pwrite(memory, &function->code, 1, function->address) != 1) exit(3);
    fprintf(out, "%s\n", function->name);
  }
  registers.rip--;
  ptrace(PTRACE_SETREGS, thread, 0, &registers);
  return 1;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  read_symbols(argv[1]);
  FILE *out = fopen(argv[2], "w");
  pid_t program = fork();
  if (!program) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    execv(argv[3], argv + 3);
    _exit(127);
  }
  int status;
  waitpid(program, &status, 0);
  ptrace(PTRACE_SETOPTIONS, program, 0, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", program);
  int memory = open(path, O_RDWR);
  set_breakpoints(memory);
  sigaction(SIGTERM, &(struct sigaction){.sa_handler = end}, 0);
  ptrace(PTRACE_CONT, program, 0, 0);
  while (!ended) {
    pid_t thread = waitpid(-1, &status, __WALL);
    if (thread == program && (WIFEXITED(status) || WIFSIGNALED(status))) break;
    if (thread < 0 || !WIFSTOPPED(status)) continue;
    int signal = WSTOPSIG(status);
    int ours = signal == SIGSTOP || (signal == SIGTRAP && (status >> 16 || at_breakpoint(thread, memory, out)));
    ptrace(PTRACE_CONT, thread, 0, ours ? 0 : signal);
  }
  return fclose(out);
}
