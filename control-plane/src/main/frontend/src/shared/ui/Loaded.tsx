import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ErrorView } from './ErrorView';

/** Shows what a query brought, or that it is on its way, or why it failed. */
export function Loaded<T>({
  query,
  rows = 4,
  children,
}: {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.isError) {
    return <ErrorView error={query.error} retry={() => void query.refetch()} />;
  }
  return <Skeleton active paragraph={{ rows }} />;
}
