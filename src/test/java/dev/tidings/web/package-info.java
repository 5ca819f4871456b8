@NullMarked
package dev.tidings.web;

import org.jspecify.annotations.NullMarked;
