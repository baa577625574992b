import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { KnownResource } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';

/** As the server reads the class of a resource. */
const CLASS = /^[a-z0-9][a-z0-9.-]{0,31}$/;

/** One more resource, out of the table of resources. */
export function AddResource({
  present,
  offers = everything,
  onAdd,
}: {
  present: string[];
  /** Whether a resource, or the base unit of one that has classes, is to be had here. */
  offers?: (code: string) => boolean;
  onAdd: (resource: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useKnown();
  const [code, setCode] = useState<string | null>(null);
  const [variant, setVariant] = useState('');
  const table = useQuery({
    queryKey: ['/quota/resources'],
    queryFn: ({ signal }) => api<{ items: KnownResource[] }>('/quota/resources', { signal }),
  });
  const lines = (table.data?.items ?? [])
    .filter((line) => offers(line.code) && (line.classes || !present.includes(line.code)))
    .toSorted((a, b) => byResource(a.code, b.code));
  const chosen = lines.find((line) => line.code === code);
  const resource = chosen?.classes ? `${chosen.code}/${variant}` : chosen?.code;
  const ready =
    resource !== undefined &&
    !present.includes(resource) &&
    (!chosen?.classes || CLASS.test(variant));
  return (
    <Space.Compact style={{ marginBottom: 16 }}>
      <Select
        aria-label={t('quota.limit.resource')}
        placeholder={t('quota.limit.resource')}
        style={{ width: 220 }}
        loading={table.isPending}
        value={code}
        onChange={setCode}
        options={lines.map((line) => ({
          value: line.code,
          label: line.classes
            ? known(`resourceBase.${line.code}`, line.code)
            : format.resource(line.code),
        }))}
      />
      {chosen?.classes && (
        <Input
          aria-label={t('quota.limit.class')}
          placeholder={t('quota.limit.class')}
          style={{ width: 140 }}
          maxLength={32}
          value={variant}
          onChange={(event) => setVariant(event.target.value.trim())}
        />
      )}
      <Button
        disabled={!ready}
        onClick={() => {
          if (ready) {
            onAdd(resource);
            setCode(null);
            setVariant('');
          }
        }}
      >
        {t('quota.limit.add')}
      </Button>
    </Space.Compact>
  );
}

function everything(): boolean {
  return true;
}
