import {
  CloudServerOutlined,
  DeleteOutlined,
  DeploymentUnitOutlined,
  RiseOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '@/features/register/systemQuery';
import type { Item } from '@/shared/api/applications';
import { AddHostItems } from './AddHostItems';
import { DEFAULT_HOSTS, DEFAULT_NAMESPACE, DEFAULT_QUOTA } from './draft';
import { HostItemFields } from './HostItemFields';
import { ItemFields } from './ItemFields';
import { NamespaceReturnFields, ZoneFields } from './StandingItemFields';

/** The cart: what is to be made, what is asked for what is there, and for the unit and the system. */
export function CartFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string | undefined>('system', form);
  const items = Form.useWatch<Partial<Item>[] | undefined>('items', form) ?? [];
  const zone = useQuery({ ...systemQuery(chosen ?? ''), enabled: Boolean(chosen) }).data?.zone;
  return (
    <Form.List
      name="items"
      rules={[
        {
          validator: (_, items: unknown[] | undefined) =>
            items && items.length > 0
              ? Promise.resolve()
              : Promise.reject(new Error(t('apply.noItems'))),
        },
      ]}
    >
      {(fields, { add, remove }, { errors }) => (
        <>
          {fields.map((field, position) => {
            const kind =
              (form.getFieldValue(['items', field.name, 'kind']) as Item['kind'] | undefined) ??
              'HOSTS';
            const index = position + 1;
            const title = t('apply.itemTitle', { index, kind: t(`application.itemKind.${kind}`) });
            return (
              <section key={field.key} className="item-card" aria-label={title}>
                <div className="item-head">
                  <span>{title}</span>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('apply.remove', { index })}
                    onClick={() => remove(field.name)}
                  />
                </div>
                <Fields kind={kind} index={field.name} />
              </section>
            );
          })}
          <Form.ErrorList errors={errors} />
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }}>
            <Button icon={<CloudServerOutlined />} onClick={() => add(DEFAULT_HOSTS)}>
              {t('apply.addHosts')}
            </Button>
            <Button icon={<DeploymentUnitOutlined />} onClick={() => add(DEFAULT_NAMESPACE)}>
              {t('apply.addNamespace')}
            </Button>
            <AddHostItems onAdd={add} />
            <Button icon={<RiseOutlined />} onClick={() => add(DEFAULT_QUOTA)}>
              {t('apply.addQuota')}
            </Button>
            {zone !== undefined && (
              <Button
                icon={<SwapOutlined />}
                disabled={items.some((item) => item.kind === 'ZONE')}
                onClick={() => add({ kind: 'ZONE', fromZone: zone })}
              >
                {t('apply.addZone')}
              </Button>
            )}
          </div>
        </>
      )}
    </Form.List>
  );
}

function Fields({ kind, index }: { kind: Item['kind']; index: number }) {
  switch (kind) {
    case 'HOSTS':
    case 'NAMESPACE':
    case 'QUOTA':
      return <ItemFields kind={kind} index={index} />;
    case 'NAMESPACE_RETURN':
      return <NamespaceReturnFields index={index} />;
    case 'ZONE':
      return <ZoneFields index={index} />;
    case 'RESIZE':
    case 'DISK':
    case 'RENEWAL':
    case 'RETURN':
    case 'MOVE':
      return <HostItemFields kind={kind} index={index} />;
  }
}
