import { CloudServerOutlined, DeleteOutlined, DeploymentUnitOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Item } from '@/shared/api/applications';
import { DEFAULT_HOSTS, DEFAULT_NAMESPACE } from './draft';
import { HostItemFields } from './HostItemFields';
import { ItemFields } from './ItemFields';

/** The cart: any number of hosts and namespaces, and what is asked for hosts that are there. */
export function CartFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
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
                {kind === 'HOSTS' || kind === 'NAMESPACE' ? (
                  <ItemFields kind={kind} index={field.name} />
                ) : (
                  <HostItemFields kind={kind} index={field.name} />
                )}
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
          </div>
        </>
      )}
    </Form.List>
  );
}
