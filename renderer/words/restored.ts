import { list } from '../../shared/english.ts';
import type { Restored } from '../../shared/settings.ts';

export const leftToDo = ({ newUrls, secrets, authtoken }: Restored): string[] => [
  ...(newUrls.length > 0 ? [`Paste the new URL into the portal of ${list(newUrls)}.`] : []),
  ...(secrets.length > 0
    ? [
        `Put the secret into ${list(secrets)}: a file of settings holds none, and without it genuine deliveries are not proven.`,
      ]
    : []),
  ...(authtoken ? ['Paste the authtoken of ngrok in Settings → Public way in.'] : []),
];
