import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VersionOfPolicy } from '@/shared/api/policies';
import { useKnown } from '@/shared/i18n/useKnown';
import { type ProposedVersion, ProposeVersionDialog } from '@/shared/ui/ProposeVersionDialog';
import { decimalsOf, groupOf, type PolicyKind } from './numbers';

/** A new version; it begins with the numbers of the newest. */
export function ProposeDialog({
  kind,
  start,
  onClose,
}: {
  kind: PolicyKind;
  start: VersionOfPolicy;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const known = useKnown();
  const words = {
    propose: t('policy.propose'),
    proposed: t('policy.proposed'),
    id: t('policy.id'),
    idHint: t('policy.idHint'),
    effectiveFrom: t('policy.effectiveFrom'),
    basis: t('policy.basis'),
    required: t('policy.required'),
  };
  const required = [{ required: true, message: words.required }];
  const groups = Object.entries(kind.groups);
  return (
    <ProposeVersionDialog<ProposedVersion>
      words={words}
      path={kind.path}
      width={760}
      initialValues={Object.fromEntries(groups.map(([group]) => [group, groupOf(start, group)]))}
      onClose={onClose}
    >
      {groups.map(([group, names]) => (
        <Form.Item
          key={group}
          label={known(`policy.group.${group}`, group)}
          style={{ marginBottom: 8 }}
        >
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
            {names.map((name) => {
              const number = known(`policy.number.${name}`, name);
              const label = `${known(`policy.group.${group}`, group)} ${number}`;
              const prefix = <span className="faint">{number}</span>;
              return Array.isArray(groupOf(start, group)[name]) ? (
                <Form.Item
                  key={name}
                  name={[group, name]}
                  noStyle
                  getValueProps={(value: number[]) => ({ value: value.map(String) })}
                  normalize={(texts: string[]) => texts.map(Number).filter(Number.isInteger)}
                >
                  <Select
                    mode="tags"
                    open={false}
                    suffix={null}
                    tokenSeparators={[',', '，', '、', ' ']}
                    aria-label={label}
                    prefix={prefix}
                    style={{ minWidth: 224 }}
                  />
                </Form.Item>
              ) : (
                <Form.Item key={name} name={[group, name]} noStyle rules={required}>
                  <InputNumber
                    aria-label={label}
                    prefix={prefix}
                    min={0}
                    precision={decimalsOf(kind, name)}
                    style={{ width: 224 }}
                  />
                </Form.Item>
              );
            })}
          </div>
        </Form.Item>
      ))}
    </ProposeVersionDialog>
  );
}
