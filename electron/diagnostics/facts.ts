import type { AppState } from '../../shared/app-state.ts';
import type { Damage, Gap } from '../../shared/gap.ts';

/** The computer Hookbell runs on. Texts are the system's; null means unknown. */
export type SystemFacts = {
  /** Such as `Debian GNU/Linux 12 (bookworm)`. */
  readonly os: string;
  readonly kernel: string;
  readonly arch: string;
  readonly packagedAs: PackagedAs;
  readonly locale: string;
  readonly timeZone: string;
  readonly desktop: string | null;
  /** `x11` or `wayland`. */
  readonly session: string | null;
  readonly trayHost: 'unknown' | 'present' | 'absent';
  /** What Electron chose to protect secrets with; null except on Linux. */
  readonly keyringBackend: string | null;
  readonly notifications: NotificationServiceFacts;
};

export type PackagedAs = 'source' | 'deb' | 'rpm' | 'AppImage' | 'Flatpak' | 'Snap' | 'unknown';

export type NotificationServiceFacts =
  /** macOS or Windows. */
  | { readonly status: 'of-the-system' }
  | { readonly status: 'silent' }
  | {
      readonly status: 'known';
      readonly name: string;
      readonly version: string;
      readonly capabilities: readonly string[];
    };

/** What tells one person's computer from another's. */
export type Identity = {
  readonly userName: string;
  readonly computerName: string;
  /** Absolute paths, and what replaces each. */
  readonly folders: readonly { readonly path: string; readonly as: string }[];
};

/** How the app is doing, as far as the report says it. */
export type AppFacts = {
  readonly state: AppState;
  readonly port: number | null;
  readonly keyring: { readonly isThere: boolean; readonly storesPlainly: boolean };
  readonly segments: number;
  readonly gaps: readonly Gap[];
  readonly damages: readonly Damage[];
};
