import { isLink } from '../../link.ts';

/** Ours that a restart does not repeat, and whether a value may follow. */
const once = new Map([
  ['--export', true],
  ['--simulate', true],
  ['--quit', false],
  ['--with-quarantine', false],
  ['--hidden', false],
]);
const lasting = '--provision';

/**
 * The switches of the next start: those of this one, without what was to be done once. `hidden`: in the tray only. A value is joined to its
 * switch, because Electron's relaunch puts the switches before all other arguments. A start with a link used no switch of ours: see
 * `readSwitches`.
 */
export const relaunchSwitches = (argv: readonly string[], hidden: boolean): string[] => {
  const isOfLink = argv.some(isLink);
  const kept = argv.flatMap((argument, at) => {
    const [name = ''] = argument.split('=', 1);
    const before = argv[at - 1] ?? '';
    const isValue = !argument.startsWith('--') && (before === lasting || once.get(before) === true);
    const isForgotten = isLink(argument) || (isOfLink && name === lasting);
    if (isValue || once.has(name) || isForgotten) return [];
    return argument === lasting ? [`${lasting}=${argv[at + 1] ?? ''}`] : [argument];
  });
  return hidden ? [...kept, '--hidden'] : kept;
};
