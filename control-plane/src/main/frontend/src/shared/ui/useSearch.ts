import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** What is chosen on a page, kept in its address; an empty value is not kept, nor what is gone by it. */
export function useSearch(): [
  URLSearchParams,
  (name: string, value: string, ...gone: string[]) => void,
] {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (name: string, value: string, ...gone: string[]) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          gone.forEach((one) => after.delete(one));
          if (value === '') {
            after.delete(name);
          } else {
            after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [search, set];
}
