/** The note on an entry that was rejected at first. */
export const wasInQuarantine = 'Was in quarantine until the source was corrected';

/** The note on an entry whose occurrence an earlier entry reported. */
export const reportedBefore = 'Another delivery reported the same thing before';
