/** The note on an entry whose delivery was refused when it came. */
export const wasInQuarantine = 'Was in quarantine until the source was corrected';
