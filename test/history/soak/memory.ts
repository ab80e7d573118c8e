import { readFileSync } from 'node:fs';

/** The memory of a process as Linux tells it, in MiB: now, and the most it ever had. Elsewhere there is nothing to compare. */
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
