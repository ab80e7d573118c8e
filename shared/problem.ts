import * as z from 'zod/mini';
import {
  KeyringMissing,
  SecretsUnreadable,
  SettingsNewer,
  SettingsUnreadable,
} from './condition.ts';
import { Loss } from './settings.ts';

/** A form field, named as in the request. */
export const FormField = z.enum([
  'provider',
  'name',
  'secrets',
  'newSecret',
  'clientId',
  'allowedAddresses',
  'linkTemplate',
  'host',
  'publicUrl',
  'authtoken',
  'domain',
  'serverAddress',
  'rootCa',
  'rule',
]);
export type FormField = z.infer<typeof FormField>;

/** Why a request was refused. What stands until it is over is a `Condition`. */
export const Problem = z.discriminatedUnion('code', [
  KeyringMissing,
  SecretsUnreadable,
  SettingsNewer,
  SettingsUnreadable,
  /** The object of the request no longer exists. */
  z.object({ code: z.literal('gone'), what: z.string() }),
  /** Saving failed, and nothing changed. */
  z.object({ code: z.literal('not-saved'), message: z.string() }),
  /** The chosen limits remove events, and the person has not agreed. */
  z.extend(Loss, { code: z.literal('events-would-be-removed') }),
  z.object({ code: z.literal('invalid'), field: FormField, message: z.string() }),
]);
export type Problem = z.infer<typeof Problem>;
