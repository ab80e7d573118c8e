import { type CheckedUrl, checkedUrl } from './checked-url.ts';

/** In UTF-16 units. */
const longest = 1024;

const fields = /\{[^{}]*\}/g;

/** What a link template is filled with. */
export type LinkIds = { readonly accountId: string; readonly userId: string | null };

/**
 * What is wrong with a link template such as `https://my.app/accounts/{account.id}`, as the end of a sentence that begins with its name; null
 * when it can be used.
 */
export const linkTemplateMistake = (template: string): string | null => {
  if (template.length > longest) return `must have at most ${longest} characters`;
  const unknown = template.match(fields)?.find((field) => !isField(field));
  if (unknown !== undefined) return `must not contain ${unknown}: ${known}`;
  if (/[{}]/.test(template.replaceAll(fields, ''))) return `must close each brace: ${known}`;
  const [host = ''] = template.replace(/^[a-z]*:\/\//i, '').split(/[/?#]/);
  if (host.includes('{')) return 'must name its host without a field';
  const checked = checkedUrl(template.replaceAll(fields, 'id'), 'person');
  return checked.status === 'ok' ? null : words[checked.why];
};

const known = 'the fields are {account.id} and {user.id}';

const words = {
  'too-long': 'is too long',
  'unusual-characters': 'must not contain spaces, backslashes or invisible characters',
  'no-url': 'must be an address that begins with https://',
  'other-scheme': 'must begin with https://',
  'not-encrypted': 'must begin with https://',
  'user-name': 'must not contain a user name or a password',
  'local-network': 'must be on the public internet',
} satisfies Record<Extract<CheckedUrl, { status: 'refused' }>['why'], string>;

const isField = (field: string): boolean => field === '{account.id}' || field === '{user.id}';

/** The URL of an account, not checked yet; null where an id is missing or could change the path. */
export const linkOf = (template: string, { accountId, userId }: LinkIds): string | null => {
  const [account, user] = [pathPart(accountId), userId === null ? null : pathPart(userId)];
  if (template.includes('{account.id}') && account === null) return null;
  if (template.includes('{user.id}') && user === null) return null;
  // With a function, because `$&` in a text has a meaning.
  return template
    .replaceAll('{account.id}', () => account ?? '')
    .replaceAll('{user.id}', () => user ?? '');
};

/** An id as one part of a path. A part of dots alone would name the folder above. */
const pathPart = (id: string): string | null =>
  /^\.*$/.test(id) || /\p{Surrogate}/u.test(id) ? null : encodeURIComponent(id);
