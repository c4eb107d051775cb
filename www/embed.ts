/**
 * The script for other people's pages: `<script type="module" src=".../embed.js"></script>`. It is small; everything a
 * widget needs is fetched when the reader comes near it.
 */
import { widgets } from './widgets/definitions.ts';
import { defineWidget } from './widgets/lazy-widget.ts';

for (const widget of widgets) defineWidget(widget);
