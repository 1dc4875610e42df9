import clsx from 'clsx'
import { iconUrl } from '@/features/catalog/catalog.queries'

export function ConnectorIcon({ id, size = 'md' }: { id: string; size?: 'sm' | 'md' | 'lg' }) {
  return (
    <span
      className={clsx(
        'grid shrink-0 place-items-center border border-line bg-surface',
        size === 'sm' && 'size-6 rounded-xs',
        size === 'md' && 'size-8 rounded-md',
        size === 'lg' && 'size-11 rounded-lg',
      )}
    >
      <img
        src={iconUrl(id)}
        alt=""
        className={size === 'sm' ? 'size-3.5' : size === 'md' ? 'size-5' : 'size-6'}
      />
    </span>
  )
}
