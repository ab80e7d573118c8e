import type { ReasonOf } from './condition.ts';

type Ready = Pick<ReasonOf<'update-ready'>, 'version' | 'running' | 'how' | 'isOlder' | 'isMissed'>;

/** What a restart brings. */
export function readyWords({ version, running, how, isOlder, isMissed }: Ready): {
  title: string;
  remedy: string;
} {
  if (version === null)
    return {
      title: 'A newer Hookbell is installed',
      remedy: `This is still ${running}. Quit Hookbell and start it again to use the new one.`,
    };
  if (isOlder)
    return {
      title: `Hookbell ${version} is installed, this is ${running}`,
      remedy: 'The installed version is older. Restart to use it, or install the newer one again.',
    };
  if (isMissed)
    return {
      title: `Hookbell ${version} is ${how}, and the restart did not bring it`,
      remedy: `This is still ${running}. Install ${version} again yourself, or restart once more.`,
    };
  return how === 'installed'
    ? { title: `Hookbell ${version} is installed`, remedy: 'Restart to use it.' }
    : { title: `Hookbell ${version} is downloaded`, remedy: 'Restart to install it.' };
}
