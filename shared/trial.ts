/** The source of *Try it now*. It is in no settings; its events stay in the history under this id and name. */
export const trialSource = { id: 'hookbell-trial', name: 'Trial' } as const;
