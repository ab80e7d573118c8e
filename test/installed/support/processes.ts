import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process of this machine, by its entry under `/proc`. */
export type Process = {
  readonly pid: number;
  readonly parent: number;
  /** Its program and arguments. */
  readonly command: readonly string[];
};

/** Undefined where it has ended meanwhile, or where the system does not show it. */
const seen = <Value>(look: () => Value): Value | undefined => {
  try {
    return look();
  } catch {
    return undefined;
  }
};

/** A field of `/proc/PID/status`; empty for a process that has ended. */
export const statusOf = (pid: number, field: string): string =>
  new RegExp(String.raw`^${field}:\s*(.*)$`, 'm').exec(
    seen(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '',
  )?.[1] ?? '';

const processes = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const pid = Number(name);
      const command = seen(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
      return { pid, parent: Number(statusOf(pid, 'PPid')), command: command.split(/[\0 ]/) };
    });

/** The processes that a process and those below it have started. */
export const descendantsOf = (pid: number): Process[] => {
  const all = processes();
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
};

/** The processes whose program is this file, or was before it was replaced. */
export const processesOf = (program: string): Process[] =>
  processes().filter(({ pid }) => programOf(pid).split(' ')[0] === program);

export const renderersOf = (pid: number): Process[] =>
  descendantsOf(pid).filter(({ command }) => command.includes('--type=renderer'));

/** The process of the tunnel's agent; undefined while there is none. */
export const tunnelOf = (pid: number): Process | undefined =>
  descendantsOf(pid).find(({ command }) =>
    command.includes('--utility-sub-type=node.mojom.NodeService'),
  );

/** The file of a process's program. A replaced or removed one has ` (deleted)` after it; empty for a process that has ended. */
export const programOf = (pid: number): string =>
  seen(() => readlinkSync(`/proc/${pid}/exe`)) ?? '';

/** The files that a process has open, marked as in `programOf`. */
export const openedBy = (pid: number): string[] =>
  (seen(() => readdirSync(`/proc/${pid}/fd`)) ?? []).flatMap(
    (name) => seen(() => readlinkSync(`/proc/${pid}/fd/${name}`)) ?? [],
  );

/** The files that a process has mapped into its memory. */
export const mappedBy = (pid: number): string[] => [
  ...new Set(
    (seen(() => readFileSync(`/proc/${pid}/maps`, 'utf8')) ?? '')
      .split('\n')
      .flatMap((line) => /\s(\/.*)$/.exec(line)?.[1] ?? []),
  ),
];
