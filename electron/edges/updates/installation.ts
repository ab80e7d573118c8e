import { ownAppImage } from '../app-image.ts';

/** How this Hookbell came onto the computer. `resources`: the folder of its installed files. */
export type Installation =
  | { readonly kind: 'development' }
  /** A package manager, or a person with an archive, replaces the files. */
  | { readonly kind: 'package'; readonly resources: string }
  | { readonly kind: 'flatpak' }
  /** `file` replaces itself. */
  | { readonly kind: 'app-image'; readonly resources: string; readonly file: string }
  | { readonly kind: 'mac' | 'windows'; readonly resources: string };

/** An installation that can replace itself. */
export type SelfReplacing = Extract<Installation, { kind: 'app-image' | 'mac' | 'windows' }>;

export type InstallationFacts = {
  readonly platform: NodeJS.Platform;
  /** Null where the app is not packaged. */
  readonly resources: string | null;
  readonly isFlatpak: boolean;
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export const installationOf = (facts: InstallationFacts): Installation => {
  const { platform, resources, isFlatpak } = facts;
  if (resources === null) return { kind: 'development' };
  if (platform === 'darwin') return { kind: 'mac', resources };
  if (platform === 'win32') return { kind: 'windows', resources };
  if (isFlatpak) return { kind: 'flatpak' };
  const file = ownAppImage(facts.env, facts.execPath);
  return file === null ? { kind: 'package', resources } : { kind: 'app-image', resources, file };
};
