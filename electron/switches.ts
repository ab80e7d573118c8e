import { eventIdIn, isLink } from './link.ts';

/** Paths are as typed. */
export type Switches = {
  readonly provision: string | null;
  /** Start in the tray only. */
  readonly hidden: boolean;
  readonly task: Task;
};

export type Task =
  | { readonly kind: 'run' }
  /** Show the event with this id, from a link. */
  | { readonly kind: 'open'; readonly id: string }
  /** Ask the running app to quit. */
  | { readonly kind: 'quit' }
  | { readonly kind: 'export'; readonly file: string; readonly withQuarantine: boolean }
  /** A story's id, or `source-or-provider/simulation`. */
  | { readonly kind: 'simulate'; readonly what: string };

export type SwitchesRead =
  | { readonly status: 'valid'; readonly switches: Switches }
  /** A question that is answered without starting. */
  | { readonly status: 'question'; readonly about: 'help' | 'version' }
  | { readonly status: 'mistaken'; readonly message: string };

/** What `--help` prints. */
export const usage = `Usage: hookbell [SWITCH]... [ADDRESS]

Receives webhooks, keeps them, and notifies you of what matters. Without a switch it opens its window.

  --hidden               starts in the tray only
  --provision FILE       sets up sources without clicks
  --export FILE          writes the history as JSON Lines, and exits
  --with-quarantine      with --export: rejected deliveries too
  --simulate NAME        plays a story (recalculation, lost-key, mint-day, wrong-secret) or one event (kryptos/costbasis.completed)
  --quit                 asks the running Hookbell to quit
  --user-data-dir=DIR    keeps everything in that folder
  --help, --version      print this, or the version, and exit

An address such as hookbell://event/ID opens that event.`;

/**
 * Reads our own switches and ignores those of Electron and Chromium. A link stands alone: anyone can write one, and where a system splits it
 * into arguments, those beside it are the writer's too.
 */
export const readSwitches = (argv: readonly string[]): SwitchesRead => {
  const links = argv.filter(isLink);
  if (links.length > 0)
    return {
      status: 'valid',
      switches: { provision: null, hidden: false, task: taskOfLinks(links) },
    };
  if (argv.includes('--help') || argv.includes('-h')) return { status: 'question', about: 'help' };
  if (argv.includes('--version')) return { status: 'question', about: 'version' };
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

/** Opens the window alone for a link that names no event, and for several. */
export const taskOfLinks = ([link = '', ...others]: readonly string[]): Task => {
  const id = others.length === 0 ? eventIdIn(link) : null;
  return id === null ? { kind: 'run' } : { kind: 'open', id };
};

const taskOf = (values: ReadonlyMap<string, string | null>): Task => {
  const file = values.get('export');
  const what = values.get('simulate');
  if (values.has('quit')) return { kind: 'quit' };
  if (file) return { kind: 'export', file, withQuarantine: values.has('with-quarantine') };
  return what ? { kind: 'simulate', what } : { kind: 'run' };
};
