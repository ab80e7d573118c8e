import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from './test-app.ts';

/** A file of the app under test; in Electron everything lies in the profile. */
export const folderOf = ({ folder }: TestApp, ...names: string[]): string => {
  const profile = join(folder, 'profile');
  return join(existsSync(profile) ? profile : folder, ...names);
};
