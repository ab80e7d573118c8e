/** The note on an entry whose delivery was refused when it came. */
export const wasInQuarantine = 'Was in quarantine until the source was corrected';

/** The note on an entry that reports what an earlier one reported: through another connection, or under the same id. */
export const reportedBefore = 'Another delivery reported the same thing before';
