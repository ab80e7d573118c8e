import { useEffect, useRef, useState } from 'react';

/**
 * What was chosen last is shown at once; the state follows a moment later. A refused choice, or a change from elsewhere, shows the
 * state. `save` tells whether the choice is kept.
 */
export function useChosen<T>(
  state: T,
  save: (chosen: T) => Promise<boolean>,
): readonly [T, (chosen: T) => void] {
  const [chosen, setChosen] = useState<{ readonly value: T } | null>(null);
  const saving = useRef(0);
  const key = JSON.stringify(state);
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    if (saving.current === 0) setChosen(null);
  }, [key]);

  const choose = async (value: T): Promise<void> => {
    setChosen({ value });
    saving.current += 1;
    const isKept = await save(value);
    saving.current -= 1;
    if (!isKept && saving.current === 0) setChosen(null);
  };
  return [chosen ? chosen.value : state, (value) => void choose(value)];
}
