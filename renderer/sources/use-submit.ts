import { useState } from 'react';
import type { Answer } from '../../shared/ipc.ts';
import type { Source } from '../../shared/source.ts';
import { explain } from '../problems.ts';
import { type FormErrors, fieldOf } from './draft.ts';

type Outcome = Answer<'addSource'>;

export type Submission = {
  busy: boolean;
  errors: FormErrors;
  /** The system has no keyring: whether to go on without is the person's to say. */
  asksForKeyring: boolean;
  setErrors: (errors: FormErrors) => void;
  submit: (withoutKeyring: boolean) => Promise<void>;
  forget: () => void;
};

/** Sends a form and puts what comes back where it belongs: at its field, into the question about the keyring, or on. */
export function useSubmit(
  send: (withoutKeyring: boolean) => Promise<Outcome>,
  onDone: (source: Source) => void,
): Submission {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>({});
  const [asksForKeyring, setAsks] = useState(false);

  const submit = async (withoutKeyring: boolean) => {
    setBusy(true);
    setErrors({});
    try {
      const outcome = await send(withoutKeyring);
      setAsks(outcome.status === 'failed' && outcome.problem.code === 'keyring-missing');
      if (outcome.status === 'done') onDone(outcome.value);
      else if (outcome.problem.code === 'invalid') {
        setErrors({ [fieldOf(outcome.problem.field)]: outcome.problem.message });
      } else if (outcome.problem.code !== 'keyring-missing') {
        const { title, remedy } = explain(outcome.problem, () => 'this source');
        setErrors({ form: `${title}. ${remedy}` });
      }
    } catch (error) {
      console.error(error);
      setAsks(false);
      setErrors({ form: 'It could not be saved. Try again.' });
    } finally {
      setBusy(false);
    }
  };

  return { busy, errors, asksForKeyring, setErrors, submit, forget: () => setAsks(false) };
}
