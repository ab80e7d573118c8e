import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  small?: boolean;
  submits?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ look = 'plain', small, submits, icon, children, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={submits ? 'submit' : 'button'}
      className={styles.button}
      data-look={look}
      data-small={small || undefined}
    >
      {icon}
      {children}
    </button>
  );
}
