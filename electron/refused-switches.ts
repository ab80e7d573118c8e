/**
 * Switches of Electron and Chromium that let another program into the app or take its sandbox away (E12). Development needs them;
 * an installed app does not start with one.
 */
const refused =
  /^(remote-debugging-(port|pipe|address|socket-name)|remote-allow-origins|inspect(-[a-z-]+)?|no-(sandbox|zygote)|single-process|disable-(web-security|(setuid|namespace|seccomp-filter|gpu)-sandbox)|disable-site-isolation-trials|ignore-certificate-errors(-spki-list)?|(renderer|utility|gpu|ppapi)-(cmd-prefix|launcher)|js-flags)$/i;

/**
 * The refused switches among the arguments of the command line, as they were typed and without their values. Chromium takes one
 * dash as well as two, on Windows also a slash and any case; what follows `--` is none.
 */
export const refusedSwitches = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).flatMap((argument) => {
    const [, typed, name = ''] = /^((?:--?|\/)([a-z][a-z-]*))(=|$)/is.exec(argument) ?? [];
    return typed !== undefined && refused.test(name) ? [typed] : [];
  });
};

/** Says so to the person. */
export const refusedSwitchesWords = (switches: readonly string[]): string =>
  `it does not start with ${switches.join(', ')}: that would let other programs into it or take its protection away. Start it without.`;
