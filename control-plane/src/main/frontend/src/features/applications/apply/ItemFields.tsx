import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useImages, useSizes } from '@/shared/api/catalogue';
import type { NewItem, QuotaItem } from '@/shared/api/applications';
import { ExtrasFields } from './ExtrasFields';
import { FigureField, StorageClassField } from './fields';
import { ROOM } from './figures';

type Kind = (NewItem | QuotaItem)['kind'];

interface Figure {
  name: string;
  text:
    | 'apply.count'
    | 'apply.vcpu'
    | 'apply.memory'
    | 'apply.disk'
    | 'apply.cpu'
    | 'apply.namespaceMemory'
    | 'apply.storage';
  min: number;
  max: number;
}

const FIGURES: Record<Kind, readonly Figure[]> = {
  HOSTS: [
    { name: 'count', text: 'apply.count', min: 1, max: 200 },
    { name: 'vcpu', text: 'apply.vcpu', min: 1, max: 128 },
    { name: 'memoryGib', text: 'apply.memory', min: 1, max: 1024 },
    { name: 'diskGib', text: 'apply.disk', min: 20, max: 32_768 },
  ],
  NAMESPACE: ROOM,
  QUOTA: ROOM,
};

/** The figures of one item of the cart, each with the bounds the server has. */
export function ItemFields({ kind, index }: { kind: Kind; index: number }) {
  const { t } = useTranslation();
  const sized = Boolean(Form.useWatch(['items', index, 'size']));
  return (
    <div className="item-fields">
      <Form.Item name={[index, 'kind']} hidden>
        <input type="hidden" />
      </Form.Item>
      {kind === 'HOSTS' && <SizeSelect index={index} />}
      {FIGURES[kind].map(({ name, text, min, max }) => (
        <FigureField
          key={name}
          index={index}
          name={name}
          label={t(text)}
          min={min}
          max={max}
          disabled={sized && (name === 'vcpu' || name === 'memoryGib')}
        />
      ))}
      <StorageClassField index={index} />
      {kind === 'HOSTS' && <Contents index={index} />}
      {kind === 'QUOTA' && (
        <p className="faint" style={{ gridColumn: '1 / -1' }}>
          {t('apply.quotaText')}
        </p>
      )}
      {kind === 'NAMESPACE' && <ExtrasFields index={index} />}
    </div>
  );
}

/** A size of the catalogue fills in its processors and memory; without one they are the person's. */
function SizeSelect({ index }: { index: number }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const sizes = useSizes().data?.items.filter(({ retired }) => !retired) ?? [];
  return (
    <Form.Item name={[index, 'size']} label={t('apply.size')}>
      <Select
        allowClear
        aria-label={t('apply.size')}
        placeholder={t('apply.ownSize')}
        onChange={(code: string | undefined) => {
          const size = sizes.find(({ ref }) => ref.code === code);
          if (size) {
            form.setFieldValue(['items', index, 'vcpu'], size.vcpu);
            form.setFieldValue(['items', index, 'memoryGib'], size.memoryGib);
          }
        }}
        options={sizes.map(({ ref, name }) => ({ value: ref.code, label: name }))}
      />
    </Form.Item>
  );
}

/** What is on the hosts when they first start, and who may sign in. */
function Contents({ index }: { index: number }) {
  const { t } = useTranslation();
  const images = useImages().data?.items.filter(({ retired }) => !retired) ?? [];
  return (
    <>
      <Form.Item name={[index, 'image']} label={t('apply.image')}>
        <Select
          allowClear
          aria-label={t('apply.image')}
          placeholder={t('apply.noImage')}
          options={images.map(({ ref, name }) => ({ value: ref.code, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name={[index, 'sshKeys']}
        label={t('apply.sshKeys')}
        getValueProps={(keys: string[] | undefined) => ({ value: keys?.join('\n') ?? '' })}
        normalize={(text: string) => text.split('\n').filter((line) => line.trim() !== '')}
        style={{ gridColumn: '1 / -1' }}
      >
        <Input.TextArea
          aria-label={t('apply.sshKeys')}
          autoSize={{ minRows: 1, maxRows: 6 }}
          placeholder={t('apply.sshKeysHint')}
        />
      </Form.Item>
      <Form.Item
        name={[index, 'userData']}
        label={t('apply.userData')}
        style={{ gridColumn: '1 / -1' }}
      >
        <Input.TextArea
          aria-label={t('apply.userData')}
          autoSize={{ minRows: 1, maxRows: 12 }}
          placeholder={t('apply.userDataHint')}
        />
      </Form.Item>
    </>
  );
}
