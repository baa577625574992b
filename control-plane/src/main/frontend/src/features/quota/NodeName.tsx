import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NodeRef } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';

/** What a node is called: pools by their zone and processors, infrastructure by what it is. */
export function useNodeName() {
  const { t } = useTranslation();
  const format = useFormat();
  return (node: NodeRef): string => {
    switch (node.kind) {
      case 'POOL':
        return format.pool(node.name);
      case 'INFRASTRUCTURE':
        return t('quota.infrastructure');
      case 'REGION':
      case 'UNIT':
      case 'SYSTEM':
        return node.name;
    }
  };
}

/** A node with its level, leading to its page; long names are cut and shown in full on hovering. */
export function NodeName({ node, link = true }: { node: NodeRef; link?: boolean }) {
  const { t } = useTranslation();
  const name = useNodeName()(node);
  return (
    <span className="node-name">
      <Tag>{t(`nodeKind.${node.kind}`)}</Tag>
      <Tooltip title={name} mouseEnterDelay={0.6}>
        {link ? (
          <Link className="ellipsis" to={`/quota/${node.id}`}>
            {name}
          </Link>
        ) : (
          <span className="ellipsis">{name}</span>
        )}
      </Tooltip>
    </span>
  );
}
