import { readFileSync } from 'node:fs';

/** The resident memory of a process in MiB, now and at its peak. Linux alone; elsewhere 0. */
export const memoryOf = (pid: number): { readonly rssMiB: number; readonly peakMiB: number } => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (field: string) =>
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return { rssMiB: read('VmRSS'), peakMiB: read('VmHWM') };
  } catch {
    return { rssMiB: 0, peakMiB: 0 };
  }
};
