/**
 * A button that opens a menu; the keyboard goes into the menu and comes back to the button.
 *
 *   <MenuButton label={t('more')} icon={<MoreOutlined />} items={[{ key: 'edit', label: t('edit') }]} onChoose={(key) => …} />
 *   `children` is the visible text, where there is one; then `label` may be left out. `selected` marks the present choice. `group` stands above the items.
 */
import { Button, type ButtonProps, Dropdown } from 'antd'
import { type ReactNode, useRef } from 'react'
import { backTo } from './focus.ts'

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
        onClick: ({ key, domEvent }) => {
          // What is opened by the choice gives the keyboard back to where it is now, and the menu is about to go. The key that chose must not press the button, too.
          domEvent.preventDefault()
          button.current?.focus()
          onChoose(key)
        },
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
