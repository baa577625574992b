import { useKnown } from './useKnown';

/**
 * Words for why something stands as it does. What a cluster says is shown as it says it; what the
 * control plane says is a code of its own, and may have the cluster's words behind it.
 */
export function usePlatformReason(): (reason: string | null) => string {
  const known = useKnown();
  return (reason) => {
    const [code = '', ...rest] = (reason ?? '').split(': ');
    return [known(`platformReason.${code}`, code), ...rest].join(': ');
  };
}
