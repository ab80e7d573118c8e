import { useState } from 'react';
import { listWidth } from './Splitter.tsx';

const key = 'list-width';

function remembered(): number {
  const width = Number(localStorage.getItem(key));
  return width >= listWidth.least && width <= listWidth.most ? width : listWidth.usual;
}

export function useListWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(remembered);
  return [
    width,
    (next) => {
      localStorage.setItem(key, String(next));
      setWidth(next);
    },
  ];
}
