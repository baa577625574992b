import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HostItem } from '@/shared/api/applications';
import { useImages } from '@/shared/api/catalogue';
import { useFormat } from '@/shared/format/useFormat';
import { FigureField, StorageClassField } from './fields';

interface Figure {
  name: 'vcpu' | 'memoryGib' | 'diskGib' | 'months';
  text: 'apply.vcpu' | 'apply.memory' | 'apply.storage' | 'host.renewBy';
  max: number;
}

const FIGURES: Record<HostItem['kind'], Figure[]> = {
  RESIZE: [
    { name: 'vcpu', text: 'apply.vcpu', max: 128 },
    { name: 'memoryGib', text: 'apply.memory', max: 1024 },
  ],
  DISK: [{ name: 'diskGib', text: 'apply.storage', max: 32_768 }],
  RENEWAL: [{ name: 'months', text: 'host.renewBy', max: 60 }],
  RETURN: [],
  MOVE: [],
};

/** What is told by the server, is not asked for, and goes back with the item, so that nothing is lost in the form. */
const KEPT: Record<HostItem['kind'], string[]> = {
  RESIZE: ['storageClass', 'before'],
  DISK: [],
  RENEWAL: ['storageClass'],
  RETURN: ['storageClass'],
  MOVE: ['storageClass', 'fromPool', 'vcpu', 'memoryGib', 'diskGib', 'disks'],
};

/** What is asked for a host that is there: which host it is stays as it was. */
export function HostItemFields({ kind, index }: { kind: HostItem['kind']; index: number }) {
  const { t } = useTranslation();
  return (
    <div className="item-fields">
      {['kind', 'hostName', ...KEPT[kind]].map((name) => (
        <Form.Item key={name} name={[index, name]} noStyle>
          <Kept />
        </Form.Item>
      ))}
      <Form.Item name={[index, 'host']} label={t('apply.host')}>
        <HostName index={index} />
      </Form.Item>
      {kind === 'MOVE' && <ImageOfMove index={index} />}
      {kind === 'DISK' && <StorageClassField index={index} />}
      {FIGURES[kind].map(({ name, text, max }) => (
        <FigureField key={name} index={index} name={name} label={t(text)} min={1} max={max} />
      ))}
    </div>
  );
}

/** What is on the new host's system disk: data are moved by its owner. */
function ImageOfMove({ index }: { index: number }) {
  const { t } = useTranslation();
  const images = useImages().data?.items.filter(({ retired }) => !retired) ?? [];
  return (
    <Form.Item name={[index, 'image']} label={t('apply.image')} extra={t('host.moveText')}>
      <Select
        allowClear
        aria-label={t('apply.image')}
        placeholder={t('host.sameImage')}
        options={images.map(({ ref, name }) => ({ value: ref.code, label: name }))}
      />
    </Form.Item>
  );
}

function Kept() {
  return null;
}

function HostName({ index, value }: { index: number; value?: string }) {
  const { t } = useTranslation();
  const { exact, gib, pool } = useFormat();
  const item = Form.useWatch<Partial<HostItem> | undefined>(['items', index]);
  const before = item?.kind === 'RESIZE' ? item.before : undefined;
  return (
    <span>
      <Link className="code" to={`/hosts/${value ?? ''}`}>
        {item?.hostName ?? value}
      </Link>
      {item?.kind === 'MOVE' && item.fromPool && (
        <div className="faint">{t('apply.fromPool', { pool: pool(item.fromPool) })}</div>
      )}
      {before && (
        <div className="faint">
          {t('apply.hostNow', {
            vcpu: exact('cpuMillis', before.vcpu * 1000),
            memory: gib(before.memoryGib),
          })}
        </div>
      )}
    </span>
  );
}
