import { useQuery } from '@tanstack/react-query';
import type { HostImage, HostSize } from './hosts';
import { api } from './http';

/** Every size in its latest version, also those that are retired. */
export function useSizes() {
  return useQuery({
    queryKey: ['/catalogue/sizes'],
    queryFn: ({ signal }) => api<{ items: HostSize[] }>('/catalogue/sizes', { signal }),
  });
}

/** Every image in its latest version, also those that are retired. */
export function useImages() {
  return useQuery({
    queryKey: ['/catalogue/images'],
    queryFn: ({ signal }) => api<{ items: HostImage[] }>('/catalogue/images', { signal }),
  });
}
