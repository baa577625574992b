import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MigrateButton } from '@/features/hosts/HostMigration';
import type { Host } from '@/shared/api/hosts';
import { show } from './support/page';
import { person, system } from './support/samples';
import { serve } from './support/server';

const host: Host = {
  id: '0199eeee-0000-7000-8000-000000000001',
  name: 'school-0001',
  version: 4,
  system: { id: system.id, name: system.name },
  unit: system.unit,
  pool: 'extranet-ordinary',
  vcpu: 2,
  memoryBytes: 4 * 2 ** 30,
  diskBytes: 40 * 2 ** 30,
  storageClass: 'ssd',
  disks: [],
  size: null,
  image: null,
  gpus: null,
  sshKeys: [],
  phase: 'IN_USE',
  life: 'IN_USE',
  state: 'RUNNING',
  reason: null,
  addresses: [],
  conditions: [],
  cluster: 'c1',
  namespace: 'n1',
  deliveredAt: '2026-01-01T00:00:00Z',
  term: null,
  restorableUntil: null,
  refusal: null,
  commands: [],
};

function open(conditions: string[]) {
  serve(({ path }) => (path === '/me' ? { body: person('HOST_MIGRATE') } : undefined));
  show(<MigrateButton host={{ ...host, conditions }} />);
}

it('is not offered where the cluster says that a host cannot be moved', async () => {
  open(['LiveMigratable DisksNotLiveMigratable: PVC is not shared']);
  expect(await screen.findByRole('button')).toBeDisabled();
});

it('is offered where it says nothing of that', async () => {
  open(['AgentConnected']);
  expect(await screen.findByRole('button')).toBeEnabled();
});
