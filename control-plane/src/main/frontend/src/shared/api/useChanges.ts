import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const TOGETHER = 300;
const HOSTS = ['/hosts', '/migrations'];
const NAMESPACES = ['/systems'];

/** Reads hosts anew as the server tells of changes. */
export function useHostChanges(): void {
  useChanges('host', HOSTS);
}

/** Reads namespaces anew as the server tells of changes. */
export function useNamespaceChanges(): void {
  useChanges('namespace', NAMESPACES);
}

/**
 * Reads things of a kind anew as the server tells of changes. Whatever was missed while the connection was lost
 * is in what is read when it is there again: an event is a hint and carries nothing.
 */
function useChanges(kind: 'host' | 'namespace', roots: string[]): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === 'undefined') {
      return undefined;
    }
    const source = new EventSource('/api/v1/events');
    let waiting: number | undefined;
    const look = () => {
      waiting ??= window.setTimeout(() => {
        waiting = undefined;
        for (const root of roots) {
          void queries.invalidateQueries({ queryKey: [root] });
        }
      }, TOGETHER);
    };
    source.addEventListener(kind, look);
    source.addEventListener('open', look);
    return () => {
      source.close();
      window.clearTimeout(waiting);
    };
  }, [queries, kind, roots]);
}
