import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Shell } from '@/app/Shell';
import type { Environment, Me } from '@/shared/api/types';
import { show } from './support/page';
import { environment, person } from './support/samples';
import { serve } from './support/server';

function open(me: Me, now: Environment = environment) {
  serve(({ path }) => {
    switch (path) {
      case '/me':
        return { body: me };
      case '/environment':
        return { body: now };
      default:
        return undefined;
    }
  });
  show(<Shell />);
}

it('offers only pages that the person may open', async () => {
  open(person('APPLICATION_READ', 'RANKING_READ'));
  expect(await screen.findByRole('link', { name: '资源申请' })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: '使用率排名' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: '登记导入' })).toBeNull();
  expect(screen.queryByRole('link', { name: '审计' })).toBeNull();
});

it('says that clusters are simulated', async () => {
  open(person());
  expect(await screen.findByText(/集群为模拟：jiangmen-extranet/)).toBeInTheDocument();
});

it('says nothing of the kind on real clusters', async () => {
  const real = environment.clusters.map((cluster) => ({ ...cluster, simulated: false }));
  open(person(), { ...environment, clusters: real });
  expect(await screen.findByText('版本 1.0.0')).toBeInTheDocument();
  expect(screen.queryByText(/集群为模拟/)).toBeNull();
});

it('shows how far the try-out is with its preparation', async () => {
  open(person(), { ...environment, preparing: { step: 'DELIVER', done: 12, total: 1302 } });
  await waitFor(() => expect(screen.getByText('12 / 1,302')).toBeInTheDocument());
});
