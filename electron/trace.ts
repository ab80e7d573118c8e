/** An error's name and stack for the log. Quotes only the system's messages: others may contain a part of a body or a secret (A4). */
export const traceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'not an error';
  const words = 'syscall' in error ? `: ${error.message}` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}${words}`, ...frames].join('\n');
};
