import { useEffect, useState } from 'react';
import type { OfferedPlace, PlaceOutside } from '../../shared/place-outside.ts';
import { ask } from '../state.ts';
import { OpenOutside } from './OpenOutside.tsx';

type Props = {
  place: PlaceOutside;
  /** In a line of other buttons. */
  small?: boolean;
};

/** Opens a place outside, with its host on the button. Nothing where there is no such place. */
export function OpenPlace({ place, small = false }: Props) {
  const [offered, setOffered] = useState<OfferedPlace[]>([]);
  const wanted = JSON.stringify(place);
  useEffect(() => {
    let isWanted = true;
    ask('offerPlaces', { places: [JSON.parse(wanted)] }).then(
      (places) => isWanted && setOffered(places),
      console.error,
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  const [found] = offered;
  return found ? <OpenOutside {...found} small={small} /> : null;
}
