import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { api } from '@/shared/api/http';
import { useMay, useMe } from '@/shared/api/queries';
import type { Permission } from '@/shared/api/types';
import { useTell } from './useTell';

/** Approves or rejects what somebody else has proposed; nothing for whoever may not. */
export function DecideButtons({
  path,
  open,
  author,
  needs,
  approve,
  reject,
}: {
  /** Of what is decided about. */
  path: string;
  /** Whether it is still to be decided. */
  open: boolean;
  /** Who has proposed it, if anybody has. */
  author: string | undefined;
  needs: Permission;
  approve: string;
  reject: string;
}) {
  const may = useMay();
  const me = useMe();
  const tell = useTell();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (what: 'approval' | 'rejection') =>
      api<unknown>(`${path}/${what}`, { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries(),
    onError: tell.failed,
  });
  return (
    open &&
    author !== me.data?.id &&
    may(needs) && (
      <Space>
        <Button type="link" loading={decide.isPending} onClick={() => decide.mutate('approval')}>
          {approve}
        </Button>
        <Button type="link" danger onClick={() => decide.mutate('rejection')}>
          {reject}
        </Button>
      </Space>
    )
  );
}
