/** Whether an argument is a link to Hookbell, good or not. Whatever is in it is data. */
export const isLink = (argument: string): boolean => /^hookbell:/i.test(argument);

const toEvent = /^hookbell:\/\/event\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** The id in a link `hookbell://event/<id>`, as it is spelled there; null for any other text. */
export const eventIdIn = (link: string): string | null => toEvent.exec(link)?.[1] ?? null;
