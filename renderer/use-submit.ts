import { useState } from 'react';
import type { FormField, Problem } from '../shared/problem.ts';
import { explain } from './words/problems.ts';

type Outcome<V> = { status: 'done'; value: V } | { status: 'failed'; problem: Problem };

export type Errors<Field extends string> = { [F in Field | 'form']?: string };

export type Submission<Field extends string> = {
  busy: boolean;
  errors: Errors<Field>;
  /** The system has no keyring, and the person has to agree to go without. */
  asksForKeyring: boolean;
  setErrors: (errors: Errors<Field>) => void;
  /** Never rejects. */
  submit: (withoutKeyring: boolean) => Promise<void>;
  /** From the question about the keyring back to the form. */
  goBack: () => void;
};

type Words = {
  /** Where main has a bug. */
  failed: string;
  /** Stands for the name of a source. */
  source: string;
};
const usualWords: Words = { failed: 'It could not be saved. Try again.', source: 'this source' };

/** Submits what may store a secret. A failure is an error of its field or of the form, or the question about the keyring. */
export function useSubmit<V, Field extends string>(
  send: (withoutKeyring: boolean) => Promise<Outcome<V>>,
  onDone: (value: V) => void,
  fieldOf: (field: FormField) => Field | 'form',
  words = usualWords,
): Submission<Field> {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors<Field>>({});
  const [asksForKeyring, setAsks] = useState(false);

  const submit = async (withoutKeyring: boolean) => {
    setBusy(true);
    setErrors({});
    try {
      const outcome = await send(withoutKeyring);
      setAsks(outcome.status === 'failed' && outcome.problem.code === 'keyring-missing');
      if (outcome.status === 'done') onDone(outcome.value);
      else setErrors(errorsOf(outcome.problem, fieldOf, words));
    } catch (error) {
      console.error(error);
      setAsks(false);
      setErrors(errorAt<Field>('form', words.failed));
    } finally {
      setBusy(false);
    }
  };

  return { busy, errors, asksForKeyring, setErrors, submit, goBack: () => setAsks(false) };
}

const errorAt = <Field extends string>(field: Field | 'form', words: string): Errors<Field> => {
  const errors: Errors<Field> = {};
  errors[field] = words;
  return errors;
};

function errorsOf<Field extends string>(
  problem: Problem,
  fieldOf: (field: FormField) => Field | 'form',
  words: Words,
): Errors<Field> {
  if (problem.code === 'keyring-missing') return {};
  if (problem.code === 'invalid') return errorAt(fieldOf(problem.field), problem.message);
  const { title, advice } = explain(problem, () => words.source);
  return errorAt<Field>('form', `${title}. ${advice}`);
}
