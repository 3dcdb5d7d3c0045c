/** Starts the console: every element is known once its module is loaded. */
import './frame.js';
