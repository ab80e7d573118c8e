import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './App.tsx';
import { openPlace } from './navigation.ts';
import { connect } from './state.ts';
import { startTimeline } from './timeline/timeline.ts';

const root = document.getElementById('root');
if (root) {
  void connect(openPlace);
  startTimeline();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
