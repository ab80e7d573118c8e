/** What the command line asks for. Paths are as they were typed. */
export type Switches = {
  readonly provision: string | null;
  /** Start in the tray only. */
  readonly hidden: boolean;
  readonly task: Task;
};

export type Task =
  | { readonly kind: 'run' }
  /** Ask the running app to quit. */
  | { readonly kind: 'quit' }
  | { readonly kind: 'export'; readonly file: string; readonly withQuarantine: boolean }
  /** A story's id, or `source-or-provider/simulation`. */
  | { readonly kind: 'simulate'; readonly what: string };

export type SwitchesRead =
  | { readonly status: 'valid'; readonly switches: Switches }
  | { readonly status: 'mistaken'; readonly message: string };

/** Reads our own switches; the many of Electron and Chromium are theirs to read and are passed over. */
export const readSwitches = (argv: readonly string[]): SwitchesRead => {
  const values = new Map<string, string | null>();
  for (const [index, argument] of argv.entries()) {
    const [, name, , inline] =
      /^--(provision|hidden|quit|export|with-quarantine|simulate)(=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) continue;
    const next = argv[index + 1];
    values.set(name, inline ?? (next === undefined || next.startsWith('--') ? null : next));
  }
  for (const name of ['provision', 'export', 'simulate']) {
    if (values.has(name) && !values.get(name)) {
      return {
        status: 'mistaken',
        message: `--${name} needs ${name === 'simulate' ? 'a name' : 'a file'} after it`,
      };
    }
  }
  return {
    status: 'valid',
    switches: {
      provision: values.get('provision') ?? null,
      hidden: values.has('hidden'),
      task: taskOf(values),
    },
  };
};

const taskOf = (values: ReadonlyMap<string, string | null>): Task => {
  const file = values.get('export');
  const what = values.get('simulate');
  if (values.has('quit')) return { kind: 'quit' };
  if (file) return { kind: 'export', file, withQuarantine: values.has('with-quarantine') };
  return what ? { kind: 'simulate', what } : { kind: 'run' };
};
