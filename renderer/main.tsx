import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './App.tsx';
import { comeBack } from './left.ts';
import { openPlace } from './navigation.ts';
import { connect } from './state.ts';
import { startTimeline } from './timeline/timeline.ts';
import { startTrial } from './trial/trial.ts';

const root = document.getElementById('root');
if (root) {
  startTimeline();
  startTrial();
  const isBack = comeBack();
  // What a notification asks for comes after, and wins.
  void connect((opening) => void isBack.then(() => openPlace(opening)));
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
