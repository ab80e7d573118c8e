/** Switches of Electron and Chromium that open the app to other programs or disable its sandbox (E12). Only development may use them. */
const refused =
  /^(remote-debugging-(port|pipe|address|socket-name)|remote-allow-origins|inspect(-[a-z-]+)?|no-(sandbox|zygote)|single-process|disable-(web-security|(setuid|namespace|seccomp-filter|gpu)-sandbox)|disable-site-isolation-trials|ignore-certificate-errors(-spki-list)?|(renderer|utility|gpu|ppapi)-(cmd-prefix|launcher)|js-flags)$/i;

/**
 * The refused switches on a command line, as typed, without values. Chromium accepts one dash or two, on Windows also a slash and any case;
 * arguments after `--` are no switches.
 */
export const refusedSwitches = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).flatMap((argument) => {
    const [, typed, name = ''] = /^((?:--?|\/)([a-z][a-z-]*))(=|$)/is.exec(argument) ?? [];
    return typed !== undefined && refused.test(name) ? [typed] : [];
  });
};

export const refusedSwitchesWords = (switches: readonly string[]): string =>
  `it does not start with ${switches.join(', ')}: that would let other programs into it or take its protection away. Start it without.`;
