import styles from './AppMark.module.css';

export const AppMark = ({ size }: { size: number }) => (
  <svg
    className={styles.mark}
    viewBox="0 0 512 512"
    width={size}
    height={size}
    aria-hidden="true"
    focusable="false"
  >
    <rect x="24" y="24" width="464" height="464" rx="108" />
    <path className={styles.hook} d="M282 300v84c0 34-24 54-54 54s-52-21-52-51l28 20" />
    <path d="M256 72c14 0 25 11 25 25v10c46 11 79 52 79 101v44c0 14 5 28 13 38l14 18c10 12 1 30-15 30H140c-16 0-25-18-15-30l14-18c8-10 13-24 13-38v-44c0-49 33-90 79-101V97c0-14 11-25 25-25Z" />
  </svg>
);
