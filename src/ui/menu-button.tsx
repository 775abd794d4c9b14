/**
 * A button that opens a menu; the keyboard goes into the menu and comes back to the button.
 *
 *   <MenuButton label={t('more')} icon={<MoreOutlined />} items={[{ key: 'edit', label: t('edit') }]} onChoose={(key) => …} />
 *   `children` is the visible text, where there is one; then `label` may be left out. `selected` marks the present choice. `group` stands above the items.
 */
import { Button, type ButtonProps, Dropdown } from 'antd'
import { type ReactNode, useRef } from 'react'

export interface MenuItem {
  readonly key: string
  readonly label: ReactNode
  readonly icon?: ReactNode
  readonly danger?: boolean
  readonly disabled?: boolean
}

export interface MenuButtonProps {
  readonly label?: string
  readonly icon?: ReactNode
  readonly items: readonly MenuItem[]
  readonly selected?: string
  readonly group?: string
  readonly loading?: boolean
  readonly type?: ButtonProps['type']
  readonly onChoose: (key: string) => void
  readonly children?: ReactNode
}

export function MenuButton({ label, icon, items, selected, group, loading, type = 'default', onChoose, children }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        ...(selected === undefined ? {} : { selectable: true, selectedKeys: [selected] }),
        items: [...(group ? [{ key: '(group)', type: 'group' as const, label: group }] : []), ...items.map((item) => ({ ...item }))],
        onClick: ({ key }) => onChoose(key),
      }}
      onOpenChange={(open) => !open && backTo(button.current, '.ant-dropdown')}
    >
      <Button
        ref={button}
        type={type}
        icon={icon}
        loading={loading ?? false}
        aria-haspopup="menu"
        {...(label ? { 'aria-label': label, title: label } : {})}
      >
        {children}
      </Button>
    </Dropdown>
  )
}

/** Gives the focus back to what opened something that goes away (`leaving`, a selector), unless it has found a better place meanwhile, such as the title of a new page. */
export function backTo(opener: HTMLElement | null, leaving: string): void {
  setTimeout(() => {
    const at = document.activeElement
    if (!at || at === document.body || at.closest(leaving)) opener?.focus()
  }, 50)
}
